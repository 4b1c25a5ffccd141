window.Framework = {
	config: { name: "Acme", clientIds: { "mypurecloud.jp": { id: "a1" } } }, //! config.clientId.invalid
	initialSetup() {},
};
