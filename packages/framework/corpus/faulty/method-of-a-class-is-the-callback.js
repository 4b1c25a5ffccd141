class Bridge {
	constructor(host) {
		this.host = host;
	}
	pop(searchString) {
		window.parent.postMessage(JSON.stringify({ type: "pop", searchString }), this.host);
	}
}
const bridge = new Bridge("https://crm.example.com");
window.Framework = {
	config: { name: "Acme", clientIds: {} },
	screenPop: bridge.pop, //! this.detached
};
