window.Framework = {
	config: {
		name: "Acme",
		clientIds: {},
		settings: { enableCallHistory: true }, //! key.duplicate
		customInteractionAttributes: ["CaseNumber"],
		settings: { enableTransferContext: true },
	},
	initialSetup: function () {},
};
