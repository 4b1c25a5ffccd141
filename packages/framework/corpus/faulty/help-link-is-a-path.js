window.Framework = {
	config: {
		name: "Acme",
		clientIds: {},
		helpLinks: { Settings: "/help/settings.html" }, //! config.helpLink.invalid
	},
	initialSetup() {},
};
