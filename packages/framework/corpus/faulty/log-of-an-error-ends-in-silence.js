window.Framework = {
	config: { name: "Acme", clientIds: {}, settings: { enableCallLogs: true } },
	async processCallLog(callLog, interaction, eventName, onSuccess, onFailure) {
		try {
			const answer = await fetch("https://crm.example.com/logs", { method: "POST", body: JSON.stringify({ callLog, eventName }) });
			onSuccess({ id: (await answer.json()).id });
		} catch (error) {
			console.error("could not save the log", error);
		} //! calllog.unanswered
	},
};
