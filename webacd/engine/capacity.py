"""How many sessions an agent may hold at a time. Pure."""

from supportcenter.accounts.policy import customer_maximum, session_mode


def slots_of(agent, privileges, policy):
    """One in single-session mode (S37); else the agent's own limit, else the maximum number of customers (E26)."""
    if not session_mode(policy, privileges).multi:
        return 1
    return agent.most_sessions or customer_maximum(policy, privileges).number
