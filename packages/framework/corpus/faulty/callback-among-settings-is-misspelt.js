window.Framework = {
	config: {
		name: "Acme",
		clientIds: {},
		settings: {
			embedWebRTCByDefault: true,
			screenPopp: 1, //! setting.unknown
		},
	},
	initialSetup() {},
};
