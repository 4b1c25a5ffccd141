class Counter {
	constructor() {
		this.heard = 0;
		this.onMessage = this.onMessage.bind(this);
	}
	start() {
		window.addEventListener("message", this.onMessage);
	}
	onMessage(event) {
		if (event.origin !== "https://crm.example.com") return;
		this.heard += 1;
		if (this.heard > 9) window.removeEventListener("message", this.onMessage);
	}
}
const counter = new Counter();
window.Framework = {
	config: { name: "Acme", clientIds: {} },
	initialSetup: () => counter.start(),
};
