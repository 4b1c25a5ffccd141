window.Framework = {
	config: { name: "Acme", clientIds: {} },
	initialSetup() {
		window.PureCloud.subscribe([
			{ type: "UserAction", categories: "status", callback: (category, data) => console.log(category, data) }, //! subscription.invalid
		]);
	},
};
