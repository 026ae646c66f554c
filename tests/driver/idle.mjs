// node idle.mjs COUNT FROM-PREFIX ADDRESSES HOST PORT
// Opens connections on which nothing is asked, from addresses FROM-PREFIX1 to FROM-PREFIX<ADDRESSES> in turn, says how many it opened and how many are still open a while after the last,
// and holds these until it is ended.
import net from 'node:net';

const [count, prefix, addresses, host, port] = process.argv.slice(2);
const settled = 2000; // milliseconds after the last connection, for those that are ended to be noticed
let open = 0;
let opened = 0;

function connect(i) {
  return new Promise(resolve => {
    const socket = net.connect({ host, port: Number(port), localAddress: `${prefix}${1 + (i % Number(addresses))}` });
    socket.on('connect', () => { open++; opened++; socket.wasOpen = true; resolve(); });
    socket.on('error', () => resolve());
    socket.on('close', () => { if (socket.wasOpen) open--; resolve(); });
    socket.resume();
  });
}

for (let i = 0; i < Number(count); i += 50) {
  await Promise.all(Array.from({ length: 50 }, (_, k) => connect(i + k)));
}
setTimeout(() => console.log(`opened ${opened}, ${open} open`), settled);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
