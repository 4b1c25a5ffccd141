import { Button, TextField } from "@inlay/ui";
import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../../session/api.ts";
import type { LiveInteraction } from "../../session/interaction.ts";
import { useFocusBack } from "../../shell/focus-back.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { refusalOf } from "./refusal.ts";
import { t } from "./strings.ts";

/** On the card of a direct call that rings: it goes to a number, this once (agent-features 4). */
export function ForwardOnce({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const [open, setOpen] = useState(false);
	if (open) return <Form workspace={workspace} call={call} onClose={() => setOpen(false)} />;
	return (
		<Button size="small" icon="outgoing" data-forward-once onClick={() => setOpen(true)}>
			{t("once")}
		</Button>
	);
}

function Form({ workspace, call, onClose }: { workspace: Workspace; call: LiveInteraction; onClose: () => void }) {
	const [number, setNumber] = useState("");
	const [problem, setProblem] = useState<string>();
	const form = useRef<HTMLFormElement>(null);
	useFocusBack(form, "[data-forward-once]");
	useEffect(() => form.current?.querySelector("input")?.focus(), []);
	const show = (one: string) => workspace.numbers.show(one);
	const send = async () => {
		const path = `/inlay/conversations/${call.id}/participants/${call.participantId}/forward`;
		try {
			await workspace.session.api.post(path, { address: number.trim() });
			workspace.toasts.show({ tone: "good", text: t("onceDone", { number: show(number.trim()) }) }, 4000);
		} catch (error) {
			if (!(error instanceof ApiError) || !error.code.startsWith("forwarding.")) throw error;
			setProblem(refusalOf({ code: error.code, text: error.message, params: error.params }, show));
		}
	};
	return (
		<form
			class="ui-stack"
			ref={form}
			data-forward-once-form
			onKeyDown={(event) => event.key === "Escape" && onClose()}
			onSubmit={(event) => {
				event.preventDefault();
				void workspace.attempt(`forward.${call.id}`, send);
			}}
		>
			<TextField
				label={t("onceNumber")}
				type="tel"
				name="forward-once"
				required
				value={number}
				error={problem}
				onInput={(text) => {
					setProblem(undefined);
					setNumber(text);
				}}
			/>
			<p class="ui-hint">{t("onceHint")}</p>
			<div class="ui-row">
				<Button kind="primary" type="submit" busy={workspace.busy.value.has(`forward.${call.id}`)}>
					{t("once")}
				</Button>
				<Button onClick={onClose}>{t("cancel")}</Button>
			</div>
		</form>
	);
}
