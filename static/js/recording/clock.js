// A worker that ticks: the timers of a tab nobody looks at are slowed down, those of its workers are not. The first
// message says how often; every later one, that a tick has been dealt with. A page that is too slow gets fewer, not a
// heap of them.

let isBusy = false;

onmessage = ({ data: every }) => {
  isBusy = false;
  if (every) setInterval(tick, every);
};

function tick() {
  if (isBusy) return;
  isBusy = true;
  postMessage(null);
}
