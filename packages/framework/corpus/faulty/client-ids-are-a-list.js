window.Framework = {
	config: { name: "Acme", clientIds: ["a1b2"] }, //! config.clientIds.invalid
	initialSetup() {},
};
