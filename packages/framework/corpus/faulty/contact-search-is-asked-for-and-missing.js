var Framework = {
	config: {
		name: "Acme",
		clientIds: {},
		settings: { searchTargets: ["people", "queues", "frameworkcontacts"] }, //! contacts.not.implemented
	},
	initialSetup: function () {},
};
