"""Network addresses, as limits count them."""

from ipaddress import IPv6Address, IPv6Network, ip_address

# Bits of an IPv6 address that tell one connection from another: who has one address has all that differ beyond them.
NETWORK_BITS = 64


def address_key(address: str) -> str:
    """What to count `address` by: IPv4 as it is, also when it is mapped into IPv6; of IPv6 its /64.

    What is no address stays unchanged.
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if not isinstance(ip, IPv6Address):
        return str(ip)
    if ip.ipv4_mapped:
        return str(ip.ipv4_mapped)
    return str(IPv6Network((int(ip), NETWORK_BITS), strict=False))
