window.Framework = {
	config: {
		name: "Acme",
		clientIds: {},
		settings: {
			enableCallLogs: false,
			recordPage: "/records/",
		},
	},
	screenPop(searchString) {
		window.open(this.config.settings.recordPage + encodeURIComponent(searchString));
	},
};
