// What goes over the wire, as the browser's own counters have it: headers and bodies as they were sent.

/** Counts from now on. */
export function listen(line) {
  const requests = new Map();
  const earlier = [];
  let last = Date.now();
  const note = (id, change) => {
    last = Date.now();
    const request = requests.get(id);
    if (request) Object.assign(request, change(request));
  };
  line.on("Network.requestWillBeSent", ({ requestId, request, type, redirectResponse }) => {
    last = Date.now();
    if (request.url.startsWith("data:")) return;
    // A redirect goes on under the same id: what it cost stays counted.
    if (redirectResponse) earlier.push({ ...requests.get(requestId), bytes: redirectResponse.encodedDataLength });
    requests.set(requestId, { url: request.url, type, bytes: 0, done: false });
  });
  line.on("Network.dataReceived", ({ requestId, encodedDataLength }) =>
    note(requestId, ({ bytes }) => ({ bytes: bytes + encodedDataLength })),
  );
  line.on("Network.loadingFinished", ({ requestId, encodedDataLength }) =>
    note(requestId, () => ({ bytes: encodedDataLength, done: true })),
  );
  line.on("Network.loadingFailed", ({ requestId }) => note(requestId, () => ({ done: true })));
  const all = () => [...earlier, ...requests.values()];
  const still = (milliseconds) => all().every((one) => one.done) && Date.now() - last > milliseconds;
  return { all, quiet: (milliseconds) => until(() => still(milliseconds)) };
}

async function until(holds) {
  const end = Date.now() + 60_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error("the page is not quiet after a minute");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
