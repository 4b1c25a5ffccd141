const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const crm = {
	async post(path, body) {
		const answer = await fetch(`https://crm.example.com/${path}`, { method: "POST", body: JSON.stringify(body) });
		if (!answer.ok) throw new Error(`The CRM says ${answer.status}.`);
		return answer.json();
	},
	async find(text) {
		try {
			return await this.post("contacts", { text });
		} catch (error) {
			console.warn(error);
			return [];
		}
	},
};
window.Framework = {
	config: {
		name: "Acme",
		clientIds: {},
		settings: { enableCallLogs: true, searchTargets: ["frameworkContacts"] },
	},
	async processCallLog(callLog, interaction, eventName, onSuccess, onFailure) {
		await wait(100);
		try {
			const { id } = await crm.post("logs", { callLog, interaction, eventName });
			onSuccess({ id });
		} catch (error) {
			console.error(error);
			onFailure();
		}
	},
	async contactSearch(searchValue, onSuccess, onFailure) {
		const contacts = await crm.find(searchValue);
		const more = await fetch("https://crm.example.com/more").catch(() => undefined);
		if (more === undefined) onFailure([]);
		else onSuccess(contacts);
	},
};
