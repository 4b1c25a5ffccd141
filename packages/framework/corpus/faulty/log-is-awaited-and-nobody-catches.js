window.Framework = {
	config: { name: "Acme", clientIds: {}, settings: { enableCallLogs: true } },
	async processCallLog(callLog, interaction, eventName, onSuccess) {
		const answer = await fetch("https://crm.example.com/logs", { method: "POST", body: JSON.stringify(callLog) }); //! answer.rejection.unhandled
		const { id } = await answer.json();
		onSuccess({ id });
	},
};
