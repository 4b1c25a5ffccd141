import { Button, IconButton, TextArea } from "@inlay/ui";
import type { Workspace } from "../../../shell/workspace.ts";
import { t } from "../strings.ts";
import { useDraft } from "./draft.ts";
import type { MessageFormProps } from "./forward-form.tsx";
import type { Message } from "./message.ts";

interface Props {
	message: Message;
	name: string;
	workspace: Workspace;
}

/** Calls the caller back: a colleague by who they are, anybody else by their number, which stands ready to be dialled. */
export function CallBack({ message, name, workspace }: Props) {
	const { callerUser, callerAddress } = message;
	const mayCall = workspace.can("conversation:call:add") || workspace.can("conversation:conference:add");
	if (!mayCall || !(callerUser || callerAddress)) return null;
	const call = () => {
		if (callerUser) return void workspace.attempt("dial", () => workspace.calls.place({ callUserId: callerUser.id }));
		workspace.draft.value = { type: "call", address: workspace.numbers.show(callerAddress ?? ""), attributes: {} };
		workspace.view.value = "new-interaction";
	};
	return <IconButton icon="phone" label={t("callBack", { name })} data-voicemail-call onClick={call} />;
}

/** A text to the caller's number, which stands ready to be written. */
export function SendText({ message: { callerAddress }, name, workspace }: Props) {
	if (!callerAddress || !workspace.can("conversation:message:create")) return null;
	const write = () => {
		workspace.draft.value = { type: "sms", address: workspace.numbers.show(callerAddress), attributes: {} };
		workspace.view.value = "new-interaction";
	};
	return <IconButton icon="message" label={t("sendText", { name })} data-voicemail-text onClick={write} />;
}

/** A callback at another time, for who may agree upon such. */
export function CallLater({ message: { callerAddress }, name, workspace }: Props) {
	if (!callerAddress || !workspace.can("conversation:callback:create")) return null;
	return (
		<IconButton
			icon="clock"
			label={t("callLater", { name })}
			data-voicemail-later
			onClick={() => {
				const number = workspace.numbers.show(callerAddress);
				workspace.calledBackLater.value = { number, name: name === number ? "" : name };
				workspace.view.value = "callbacks";
			}}
		/>
	);
}

/** What is to be remembered with a message; colleagues of a group read it, too. */
export function NoteForm({ message, model, workspace, onDone }: MessageFormProps) {
	const [note, setNote, forget] = useDraft(workspace, message.id, "note", message.note);
	const close = () => {
		forget();
		onDone();
	};
	const save = async () => {
		if (await workspace.attempt(`voicemail.${message.id}`, () => model.write(message, note))) close();
	};
	return (
		<form
			class="ui-stack"
			onSubmit={(event) => {
				event.preventDefault();
				void save();
			}}
		>
			<TextArea label={t("note")} value={note} onInput={setNote} rows={2} maxLength={1000} />
			<div class="ui-row">
				<Button type="submit" kind="primary" data-voicemail-note-save>
					{t("save")}
				</Button>
				<Button onClick={close}>{t("cancel")}</Button>
			</div>
		</form>
	);
}
