window.Framework = {
	config: {
		name: "Acme",
		clientIds: {},
		settings: {
			enableCallLog: true, //! key.misspelt
		},
	},
	initialSetup() {},
};
