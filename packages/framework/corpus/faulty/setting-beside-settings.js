window.Framework = {
	config: {
		name: "Acme",
		clientIds: {},
		hideCallLogSubject: true, //! config.misplaced
		settings: { enableCallHistory: true },
	},
	initialSetup() {},
};
