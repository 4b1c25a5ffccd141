var pc = window.PureCloud;
window.Framework = {
	config: { name: "Acme", clientIds: {} },
	initialSetup: function () {
		pc.User.setStatus({ id: "ON_QUEUE" }); //! action.unknown
	},
};
