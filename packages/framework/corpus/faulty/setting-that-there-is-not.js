window.Framework = {
	config: {
		name: "Acme",
		clientIds: {},
		settings: {
			autoAnswer: true, //! setting.unknown
		},
	},
	initialSetup() {},
};
