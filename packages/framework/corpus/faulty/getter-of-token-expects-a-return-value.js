window.Framework = {
	config: { name: "Acme", clientIds: {} },
	initialSetup() {
		const token = window.PureCloud.User.getAuthToken(); //! action.argument.invalid
		console.log(typeof token);
	},
};
