window.framework = { //! framework.missing
	config: { name: "Acme", clientIds: {} },
};
