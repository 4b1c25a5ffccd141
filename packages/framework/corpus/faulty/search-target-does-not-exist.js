window.Framework = {
	config: {
		name: "Acme",
		clientIds: {},
		settings: { searchTargets: ["people", "contacts"] }, //! setting.name.unknown
	},
	initialSetup() {},
};
