import type { Share } from "./cobrowse/protocol.ts";
import type { Place, Settings } from "./settings.ts";
import type { SharePorts } from "./share-model.ts";
import { t } from "./words.ts";

/** What sharing needs of the browser and the server. */
export function sharePorts({ api, deploymentId }: Place, { language }: Settings): SharePorts {
	return {
		memory: tabMemory(`inlay.cobrowse.${deploymentId}`),
		join: (code) => join(api, deploymentId, code),
		decline: (share) => decline(api, share),
		async begin(options) {
			await load(`${api}/messenger/cobrowse.js`);
			const found = window.InlayCobrowse;
			if (!found) throw new Error("The script has not come.");
			return found.start({ ...options, api, language });
		},
	};
}

/** Another tab shares nothing unless its customer says so there. */
function tabMemory(name: string): SharePorts["memory"] {
	let own: Share | undefined;
	return {
		read() {
			try {
				return readShare(sessionStorage.getItem(name));
			} catch {
				return own;
			}
		},
		write(share) {
			own = share;
			try {
				if (share) sessionStorage.setItem(name, JSON.stringify(share));
				else sessionStorage.removeItem(name);
			} catch {
				// It lasts as long as the page.
			}
		},
	};
}

function readShare(kept: string | null): Share | undefined {
	const share = kept === null ? undefined : (JSON.parse(kept) as Partial<Share>);
	return typeof share?.sessionId === "string" && typeof share.key === "string" ? (share as Share) : undefined;
}

async function join(api: string, deploymentId: string, code: string): Promise<Share> {
	const url = `${api}/api/inlay/v1/cobrowse/${encodeURIComponent(deploymentId)}/join`;
	const headers = { "content-type": "application/json" };
	const answer = await fetch(url, {
		method: "POST",
		headers,
		body: JSON.stringify({ code }),
		credentials: "omit",
	}).catch(() => undefined);
	const told = await answer?.json().catch(() => undefined);
	if (answer?.ok) return { sessionId: told.sessionId, key: told.key, agent: told.agent };
	if (answer?.status === 429) throw new Error(t("shareWait"));
	throw new Error(t(answer?.status === 410 ? "shareLate" : answer?.status === 404 ? "shareUnknown" : "shareBroken"));
}

function decline(api: string, { sessionId, key }: Share): void {
	const socket = new WebSocket(`${api.replace(/^http/, "ws")}/inlay/cobrowse/share/${encodeURIComponent(sessionId)}`);
	socket.onopen = () => socket.send(JSON.stringify({ type: "decline", key }));
}

function load(url: string): Promise<void> {
	if (window.InlayCobrowse) return Promise.resolve();
	return new Promise((done, failed) => {
		const script = document.createElement("script");
		script.src = url;
		script.onload = () => done();
		script.onerror = () => failed(new Error(`${url} was not let in.`));
		document.head.append(script);
		script.remove();
	});
}
