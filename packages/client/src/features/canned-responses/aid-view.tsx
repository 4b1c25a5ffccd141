import "./canned-responses.css";
import { placeholdersIn } from "@inlay/contract/responses";
import { Button } from "@inlay/ui";
import { useEffect, useRef } from "preact/hooks";
import { Settling } from "../../shell/alert-bar.tsx";
import { useModel } from "../../shell/use-model.ts";
import { BroughtView } from "./brought-view.tsx";
import { slashBefore } from "./offered.ts";
import { OpenFields } from "./open-fields.tsx";
import { Picker } from "./picker.tsx";
import type { ResponseAidProps } from "./response-aid.tsx";
import { ResponsesModel } from "./responses-model.ts";
import { t } from "./strings.ts";

/** The button, the list that it or a slash opens, and what is still to be filled in. */
export function AidView({ workspace, call, medium, place, gate, text, brought }: ResponseAidProps) {
	const model = useModel(() => new ResponsesModel(workspace, medium), call.id);
	useEffect(() => {
		gate.isOpen = true;
		return () => {
			gate.isOpen = false;
			gate.asked.value = undefined;
		};
	}, [gate]);
	useSlash({ workspace, call, medium, place, gate, text }, model);
	const open = placeholdersIn(text);
	// What was asked about is another text now.
	useEffect(() => {
		gate.asked.value = undefined;
	}, [text]);
	return (
		<div class="responses" data-responses>
			<Button
				size="small"
				aria-expanded={model.opened.value !== undefined}
				data-open-responses
				onClick={() => (model.opened.value ? model.close() : model.open("button", call))}
			>
				{t("responses")}
			</Button>
			{model.opened.value && <Picker {...{ workspace, call, place, model }} />}
			{brought && <BroughtView brought={brought} />}
			{open.length > 0 && <OpenFields names={open} place={place} />}
			{gate.asked.value && <Question names={open} gate={gate} />}
		</div>
	);
}

/** Sending something that is not finished is for the agent to say. */
function Question({ names, gate }: { names: readonly string[]; gate: ResponseAidProps["gate"] }) {
	const own = useRef<HTMLDivElement>(null);
	const answer = (isSent: boolean) => {
		const send = gate.asked.value;
		gate.asked.value = undefined;
		if (isSent) send?.();
		else own.current?.ownerDocument.querySelector<HTMLElement>("[data-open-field]")?.focus();
	};
	return (
		<div
			ref={own}
			class="responses-question"
			role="alertdialog"
			aria-label={t("ask", { names: names.join(", ") })}
			data-asks
		>
			<p>{t("ask", { names: names.join(", ") })}</p>
			{/* It comes where Send was: a second press on that is no answer. */}
			<Settling>
				<Button size="small" data-send-so onClick={() => answer(true)}>
					{t("sendSo")}
				</Button>
				<Button size="small" kind="primary" data-go-back onClick={() => answer(false)}>
					{t("back")}
				</Button>
			</Settling>
		</div>
	);
}

/** `/` at the beginning of a word opens the list, and what follows it searches; keys that the list uses do not reach the composer. */
function useSlash({ call, place }: ResponseAidProps, model: ResponsesModel): void {
	useEffect(() => {
		const element = place.element();
		if (!element) return undefined;
		const typed = () => {
			const word = slashBefore(place.beforeCaret());
			if (word === undefined) {
				if (model.opened.peek() === "slash") model.close();
				return;
			}
			if (model.opened.peek() !== "slash") model.open("slash", call);
			model.look(word);
		};
		const pressed = (event: KeyboardEvent) => {
			if (model.opened.peek() !== "slash" || event.isComposing || !keyed(event.key)) return;
			event.preventDefault();
			event.stopImmediatePropagation();
		};
		/** True where the key was the list's. */
		const keyed = (key: string): boolean => {
			const chosen = model.chosen.peek();
			if (key === "Escape") model.close();
			else if (key === "ArrowDown") model.move(1);
			else if (key === "ArrowUp") model.move(-1);
			else if ((key === "Enter" || key === "Tab") && chosen) model.take(chosen, call, place);
			else return false;
			return true;
		};
		// Who was faster than this has loaded is answered all the same.
		if (element.ownerDocument.activeElement === element) typed();
		element.addEventListener("input", typed);
		element.addEventListener("keydown", pressed, true);
		return () => {
			element.removeEventListener("input", typed);
			element.removeEventListener("keydown", pressed, true);
		};
	}, [call.id, call.queueId, place.element()]);
}
