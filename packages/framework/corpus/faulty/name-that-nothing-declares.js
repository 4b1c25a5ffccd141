window.Framework = {
	config: { name: "Acme", clientIds: {}, settings: { enableCallLogs: true } },
	processCallLog: function (callLog, interaction, eventName, onSuccess, onFailure) {
		onSuccess({ id: externalCallLog.id }); //! name.unknown
	},
};
