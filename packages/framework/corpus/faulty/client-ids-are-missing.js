window.Framework = {
	config: { //! config.key.missing
		name: "Acme",
		settings: { enableCallHistory: true },
	},
	initialSetup() {},
};
