class Bridge {
	#host = "https://crm.example";
	config = {
		name: "bridge",
		clientIds: { "mypurecloud.com": "11111111-1111-4111-8111-111111111111" },
		settings: {},
	};
	#post(data) {
		window.parent.postMessage(JSON.stringify(data), this.#host);
	}
	#onInteraction(category, data) {
		this.#post({ category, data });
	}
	initialSetup() {
		window.PureCloud.subscribe([
			{ type: "Interaction", callback: this.#onInteraction }, //! this.detached
		]);
	}
}
window.Framework = new Bridge();
