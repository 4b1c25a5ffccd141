window.Framework = {
	config: { name: "Acme", clientIds: {} },
	initialSetup() {
		window.PureCloud.User.updateStatus("AVAILABLE"); //! action.argument.invalid
	},
};
