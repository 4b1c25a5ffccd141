window.Framework = {
	config: { name: "Acme", clientIds: {} },
	host: null,
	initialSetup: () => {
		this.host = new URLSearchParams(window.location.search).get("crm_domain");
		if (!this.host) return;
		PureCloud.subscribe([
			{
				type: "UserAction",
				callback: (category, data) => window.parent.postMessage(JSON.stringify({ category, data }), this.host),
			},
		]);
	},
	screenPop: (searchString, interaction) => {
		window.parent.postMessage(JSON.stringify({ searchString, interaction }), this.host);
	},
};
