window.Framework = {
	config: { name: "Acme", clientIds: {}, settings: {} },
	display: { interactionDetails: { call: ["call.Ani"] } }, //! config.misplaced
	initialSetup() {},
};
