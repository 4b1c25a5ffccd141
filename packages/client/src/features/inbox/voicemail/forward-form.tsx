import { Button, TextArea, TextField } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import type { Directory } from "../../../session/directory.ts";
import type { Workspace } from "../../../shell/workspace.ts";
import { t } from "../strings.ts";
import { useDraft } from "./draft.ts";
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

/** To whom a copy can go. */
interface Receiver {
	name: string;
	/** As the list shows it: a group is called one. */
	text: string;
	to: { userId: string } | { groupId: string };
}

/** Sends a copy to a colleague or a group, with a note; the original stays. Whoever is away finds it when they come. */
export function ForwardForm({ message, model, workspace, onDone }: MessageFormProps) {
	const [note, setNote, forget] = useDraft(workspace, message.id, "forward");
	const [receiver, setReceiver] = useState<Receiver>();
	const close = () => {
		forget();
		onDone();
	};
	const send = async ({ name, to }: Receiver) => {
		const key = `voicemail.${message.id}`;
		if (!(await workspace.attempt(key, () => model.forward(message, to, note)))) return;
		workspace.toasts.show({ tone: "good", text: t("sent", { name }) });
		close();
	};
	return (
		<form
			class="ui-stack"
			onSubmit={(event) => {
				event.preventDefault();
				if (receiver) void send(receiver);
			}}
		>
			{receiver ? (
				<p>
					<bdi>{t("chosen", { name: receiver.text })}</bdi>
				</p>
			) : (
				<Receivers workspace={workspace} onChoose={setReceiver} />
			)}
			<TextArea label={t("note")} value={note} onInput={setNote} rows={2} maxLength={1000} />
			<div class="ui-row">
				<Button type="submit" kind="primary" disabled={!receiver} data-voicemail-send>
					{t("send")}
				</Button>
				<Button onClick={close}>{t("cancel")}</Button>
			</div>
		</form>
	);
}

/** Who of the organization is called so: people first. What cannot be searched is left out. */
async function receiversIn(directory: Directory, text: string): Promise<Receiver[]> {
	const [people, groups] = await Promise.all([
		directory.people(text).catch(() => []),
		directory.groups(text).catch(() => []),
	]);
	return [
		...people.map(({ id, name }) => ({ name, text: name, to: { userId: id } })),
		...groups.map(({ id, name }) => ({ name, text: t("group", { name }), to: { groupId: id } })),
	];
}

function Receivers({ workspace, onChoose }: { workspace: Workspace; onChoose: (receiver: Receiver) => void }) {
	const [text, setText] = useState("");
	const [found, setFound] = useState<readonly Receiver[]>();
	useEffect(() => {
		setFound(undefined);
		if (text.trim().length < shortest) return;
		let isCurrent = true;
		const cancel = workspace.session.clock.after(searchAfterMs, () => {
			void receiversIn(workspace.session.directory, text.trim()).then((all) => isCurrent && setFound(all));
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
				{found?.map((receiver) => {
					const id = "userId" in receiver.to ? receiver.to.userId : receiver.to.groupId;
					return (
						<li key={id}>
							<Button block data-forward-to={id} onClick={() => onChoose(receiver)}>
								<bdi>{receiver.text}</bdi>
							</Button>
						</li>
					);
				})}
			</ul>
		</>
	);
}
