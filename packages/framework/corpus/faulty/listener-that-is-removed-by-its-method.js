window.Framework = {
	config: { name: "Acme", clientIds: {} },
	heard: 0,
	initialSetup() {
		window.addEventListener("message", this.onMessage); //! this.detached
	},
	onMessage(event) {
		if (event.origin !== "https://crm.example.com") return;
		this.heard += 1;
		if (this.heard > 9) window.removeEventListener("message", this.onMessage);
	},
};
