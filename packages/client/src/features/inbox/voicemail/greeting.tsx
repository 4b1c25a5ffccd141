import { Button } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import type { Workspace } from "../../../shell/workspace.ts";
import { t } from "../strings.ts";

const path = "/inlay/voicemail/me/greeting";

interface Shown {
	kind: "standard" | "recorded";
	url?: string;
}

/** What callers of the agent's mailbox hear first: the standard, or a recording of the agent's own. */
export function Greeting({ workspace }: { workspace: Workspace }) {
	const { api } = workspace.session;
	const [shown, setShown] = useState<Shown>();
	const load = async () => setShown(await api.get<Shown>(path));
	useEffect(() => void load().catch(() => undefined), []);
	const save = (work: () => Promise<unknown>) => workspace.attempt("voicemail.greeting", () => work().then(load));
	const upload = async (file: File | undefined) => {
		if (!file) return;
		const audio = base64(new Uint8Array(await file.arrayBuffer()));
		await save(() => api.put(path, { audio }));
	};
	if (!shown) return null;
	return (
		<details class="voicemail-greeting">
			<summary>{t("greeting")}</summary>
			<div class="ui-stack">
				<p class="ui-hint" role="status">
					{t(shown.kind === "recorded" ? "greetingOwn" : "greetingStandard")}
				</p>
				{/* biome-ignore lint/a11y/useMediaCaption: there is no transcript of a greeting. */}
				{shown.url && <audio controls src={shown.url} crossOrigin="anonymous" />}
				<label class="ui-stack">
					{t("upload")}
					<input
						type="file"
						accept="audio/wav,.wav"
						data-greeting-file
						onChange={(event) => void upload(event.currentTarget.files?.[0])}
					/>
				</label>
				{shown.kind === "recorded" && (
					<Button data-greeting-reset onClick={() => void save(() => api.request("DELETE", path))}>
						{t("reset")}
					</Button>
				)}
			</div>
		</details>
	);
}

function base64(bytes: Uint8Array): string {
	const parts: string[] = [];
	for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
	return btoa(parts.join(""));
}
