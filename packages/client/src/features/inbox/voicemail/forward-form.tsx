import { Button, TextArea, TextField } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import type { Colleague } from "../../../session/directory.ts";
import type { Workspace } from "../../../shell/workspace.ts";
import { t } from "../strings.ts";
import type { Message } from "./message.ts";
import type { VoicemailModel } from "./model.ts";

const searchAfterMs = 350;
const shortest = 2;

/** A form below a message, until it is sent or put away. */
export interface MessageFormProps {
	message: Message;
	model: VoicemailModel;
	workspace: Workspace;
	onDone: () => void;
}

/** Sends a copy to a colleague, with a note; the original stays. Whoever is away finds it when they come. */
export function ForwardForm({ message, model, workspace, onDone }: MessageFormProps) {
	const [note, setNote] = useState("");
	const [to, setTo] = useState<Colleague>();
	const send = async (colleague: Colleague) => {
		const key = `voicemail.${message.id}`;
		if (!(await workspace.attempt(key, () => model.forward(message, colleague.id, note)))) return;
		workspace.toasts.show({ tone: "good", text: t("sent", { name: colleague.name }) });
		onDone();
	};
	return (
		<form
			class="ui-stack"
			onSubmit={(event) => {
				event.preventDefault();
				if (to) void send(to);
			}}
		>
			{to ? (
				<p>
					<bdi>{t("chosen", { name: to.name })}</bdi>
				</p>
			) : (
				<Colleagues workspace={workspace} onChoose={setTo} />
			)}
			<TextArea label={t("note")} value={note} onInput={setNote} rows={2} maxLength={1000} />
			<div class="ui-row">
				<Button type="submit" kind="primary" disabled={!to} data-voicemail-send>
					{t("send")}
				</Button>
				<Button onClick={onDone}>{t("cancel")}</Button>
			</div>
		</form>
	);
}

function Colleagues({ workspace, onChoose }: { workspace: Workspace; onChoose: (colleague: Colleague) => void }) {
	const [text, setText] = useState("");
	const [found, setFound] = useState<readonly Colleague[]>();
	useEffect(() => {
		setFound(undefined);
		if (text.trim().length < shortest) return;
		let isCurrent = true;
		const cancel = workspace.session.clock.after(searchAfterMs, () => {
			workspace.session.directory.people(text.trim()).then(
				(people) => isCurrent && setFound(people),
				() => isCurrent && setFound([]),
			);
		});
		return () => {
			isCurrent = false;
			cancel();
		};
	}, [text]);
	return (
		<>
			<TextField label={t("forwardTo")} name="forwardTo" value={text} onInput={setText} />
			<ul aria-live="polite">
				{found?.length === 0 && <li class="ui-hint">{t("nobody")}</li>}
				{found?.map((colleague) => (
					<li key={colleague.id}>
						<Button block data-forward-to={colleague.id} onClick={() => onChoose(colleague)}>
							<bdi>{colleague.name}</bdi>
						</Button>
					</li>
				))}
			</ul>
		</>
	);
}
