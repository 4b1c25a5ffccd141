/** A CRM by its REST API, which has to allow the panel's origin (CORS) and to know the agent, as by a cookie. */
import type { Contact, Crm } from "./crm.ts";

export function restCrm(address: string): Crm {
	const ask = async (method: string, path: string, body?: unknown) => {
		const answer = await fetch(`${address}/api/${path}`, {
			method,
			credentials: "include",
			...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
		});
		if (!answer.ok) throw new Error(`The CRM answers ${answer.status} to ${method} ${path}.`);
		return answer.json();
	};
	const find = async (text: string): Promise<(Contact & { id: string })[]> =>
		ask("GET", `contacts?search=${encodeURIComponent(text)}`);
	return {
		find,
		async recordOf(searchString, caseId) {
			if (caseId) return `${address}/cases/${encodeURIComponent(caseId)}`;
			const search = `${address}/contacts?search=${encodeURIComponent(searchString)}`;
			const found = await find(searchString).catch(() => []);
			return found.length === 1 ? `${address}/contacts/${found[0]?.id}` : search;
		},
		async saveLog(log, interaction) {
			const saved = log.id === undefined ? undefined : encodeURIComponent(String(log.id));
			const body = { subject: log.subject, notes: log.notes, interaction: interaction.id };
			const { id } = await (saved ? ask("PUT", `calls/${saved}`, body) : ask("POST", "calls", body));
			return String(id);
		},
		addressOfLog: (id) => `${address}/calls/${encodeURIComponent(id)}`,
	};
}
