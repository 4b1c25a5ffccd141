import { mostSegments } from "@inlay/contract/sms-segments";
import { Button } from "@inlay/ui";
import { useId, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { textareaPlace } from "../canned-responses/place.ts";
import { ResponseAid } from "../canned-responses/response-aid.tsx";
import { SendGate } from "../canned-responses/send-gate.ts";
import { type ComposerModel, fileEndings } from "./composer-model.ts";
import { t } from "./strings.ts";

/** Enter sends, Shift+Enter breaks the line; a text to a phone is counted. */
export function Composer({
	workspace,
	call,
	model,
	isOptedOut,
}: {
	workspace: Workspace;
	call: LiveInteraction;
	model: ComposerModel;
	/** The customer wants no more messages: what is written stays, and nothing is sent. */
	isOptedOut: boolean;
}) {
	const id = useId();
	const field = useRef<HTMLTextAreaElement>(null);
	const isBusy = workspace.busy.value.has(model.busyKey);
	const text = model.text.value;
	const isBad = model.isTooLong.value || model.refused.value !== undefined;
	useGrowing(field, text);
	const gate = useMemo(() => new SendGate(), []);
	const place = useMemo(
		() =>
			textareaPlace(
				field,
				(written) => model.write(written),
				(response) => model.brought.bring(response),
			),
		[model],
	);
	const sendNow = async () => {
		if (await model.send(call)) field.current?.focus();
	};
	const send = async () => {
		if (isOptedOut) return;
		if (!gate.holds(model.text.peek(), () => void sendNow())) await sendNow();
	};
	return (
		<form
			class="message-composer"
			onSubmit={(event) => {
				event.preventDefault();
				void send();
			}}
		>
			<label class="ui-hidden" for={id}>
				{t("write")}
			</label>
			<textarea
				ref={field}
				id={id}
				class="ui-input"
				name="message"
				rows={2}
				dir="auto"
				placeholder={t("write")}
				aria-describedby={`${id}-hint ${id}-said`}
				aria-invalid={isBad ? "true" : undefined}
				readOnly={isBusy}
				value={text}
				onInput={(event) => model.write(event.currentTarget.value)}
				onKeyDown={(event) => {
					// Enter that ends a character of an input method is not one of the message.
					if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
					event.preventDefault();
					void send();
				}}
			/>
			<div id={`${id}-said`}>
				<Size model={model} />
				{model.refused.value && (
					<p class="ui-error" role="alert" data-refused>
						{model.refused.value}
					</p>
				)}
			</div>
			<ResponseAid {...{ workspace, call, place, gate, text }} medium="message" brought={model.brought} />
			<div class="message-actions">
				<span class="ui-hint ui-grow" id={`${id}-hint`}>
					{t("hint")}
				</span>
				{model.takesFiles.value && !isOptedOut && <Attach model={model} call={call} />}
				<Button
					kind="primary"
					type="submit"
					size="small"
					busy={isBusy}
					disabled={
						isOptedOut || (text.trim() === "" && model.brought.files.value.length === 0) || model.isTooLong.value
					}
					data-send-message
				>
					{t("send")}
				</Button>
			</div>
		</form>
	);
}

function Attach({ model, call }: { model: ComposerModel; call: LiveInteraction }) {
	const chooser = useRef<HTMLInputElement>(null);
	const sending = model.sending.value;
	return (
		<>
			<input
				ref={chooser}
				class="ui-hidden"
				type="file"
				tabIndex={-1}
				aria-label={t("attach")}
				accept={fileEndings.map((one) => `.${one}`).join()}
				data-chooser
				onChange={(event) => {
					const file = event.currentTarget.files?.[0];
					event.currentTarget.value = "";
					if (file) void model.sendFile(call, file);
				}}
			/>
			<Button size="small" busy={sending !== undefined} data-attach onClick={() => chooser.current?.click()}>
				{sending === undefined ? t("attach") : t("attaching", { name: sending })}
			</Button>
		</>
	);
}

/** How much of how many texts it takes, and what makes it so many. */
function Size({ model }: { model: ComposerModel }) {
	const size = model.size.value;
	if (model.mostCharacters !== undefined && model.isTooLong.value)
		return (
			<span class="ui-error" role="alert">
				{t("tooManyCharacters", { most: model.mostCharacters })}
			</span>
		);
	if (!size) return null;
	const { units, room, segments, beyondGsm7 } = size;
	return (
		<div class="message-size">
			<span class="ui-number" data-count data-bad={model.isTooLong.value ? "true" : undefined}>
				{t("count", { units, room, segments })}
			</span>
			{beyondGsm7 && (
				<span class="ui-hint" data-beyond>
					{t("beyond", { character: beyondGsm7 })}
				</span>
			)}
			{model.isTypographic.value && (
				<Button size="small" data-plain onClick={() => model.makePlain()}>
					{t("plain")}
				</Button>
			)}
			{model.isTooLong.value && (
				<span class="ui-error" role="alert">
					{t("tooLong", { most: mostSegments })}
				</span>
			)}
		</div>
	);
}

/** As high as its text, up to what the style lets it. */
function useGrowing(field: { current: HTMLTextAreaElement | null }, text: string): void {
	useLayoutEffect(() => {
		const element = field.current;
		if (!element) return;
		element.style.height = "auto";
		element.style.height = `${element.scrollHeight + 2}px`;
	}, [text]);
}
