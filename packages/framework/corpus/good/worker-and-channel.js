const worker = new Worker(URL.createObjectURL(new Blob(["onmessage = (e) => postMessage(e.data)"])));
worker.addEventListener("message", (event) => console.log(event.data));
const channel = new BroadcastChannel("acme");
channel.onmessage = (event) => worker.postMessage(event.data);
window.Framework = {
	config: { name: "Acme", clientIds: {} },
	screenPop(searchString) {
		channel.postMessage({ searchString });
	},
};
