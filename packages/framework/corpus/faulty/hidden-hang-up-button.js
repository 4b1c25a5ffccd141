window.Framework = {
	config: {
		name: "Acme",
		clientIds: {},
		settings: { ui: { hide: { callControls: ["disconnect"] } } }, //! ui.needed
	},
	initialSetup() {},
};
