window.Framework = {
	config: { name: "Acme", clientIds: {}, settings: { enableCallLogs: true, searchTargets: ["frameworkContacts"] } },
	processCallLog(callLog, interaction, eventName, onSuccess, onFailure) {
		fetch("https://crm.example.com/logs", { method: callLog.id ? "PUT" : "POST", body: JSON.stringify(callLog) })
			.then((answer) => {
				if (!answer.ok) throw new Error(String(answer.status));
				return answer.json();
			})
			.then(({ id }) => onSuccess({ id }))
			.catch((error) => {
				console.error(eventName, error);
				onFailure();
			});
	},
	contactSearch(searchValue, onSuccess, onFailure) {
		if (searchValue.length < 3) return onSuccess([]);
		return fetch("https://crm.example.com/contacts?q=" + encodeURIComponent(searchValue))
			.then((answer) => answer.json())
			.then(onSuccess, () => onFailure([]));
	},
};
