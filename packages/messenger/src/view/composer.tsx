import { useEffect, useRef, useState } from "preact/hooks";
import type { SessionModel } from "../session-model.ts";
import type { Settings } from "../settings.ts";
import { t } from "../words.ts";

/** As many as the server takes (agent-features 11). */
const mostCharacters = 4000;

/** Enter sends, Shift+Enter breaks the line; before the first message it asks what the administrator wants to know. */
export function Composer({ model, settings }: { model: SessionModel; settings: Settings }) {
	const field = useRef<HTMLTextAreaElement>(null);
	const form = useRef<HTMLFormElement>(null);
	const [given, setGiven] = useState<Record<string, string>>({});
	const isFirst = model.isFirst.value;
	const isReady = model.isReady.value;
	const text = model.draft.value;
	const isTooLong = [...text].length > mostCharacters;
	useEffect(() => {
		const first = form.current?.querySelector<HTMLElement>("input, textarea");
		first?.focus();
	}, []);
	// What one has answered is not sent as the next one's.
	useEffect(() => setGiven({}), [model.who.value]);
	const send = () => {
		if (!isReady || text.trim() === "" || isTooLong || !form.current?.reportValidity()) return;
		model.send(text.trim(), isFirst ? attributesOf(given) : undefined);
		field.current?.focus();
	};
	return (
		<form
			ref={form}
			onSubmit={(event) => {
				event.preventDefault();
				send();
			}}
		>
			{isFirst &&
				settings.form.map(({ key, label, isRequired }) => (
					<label key={key}>
						{label}
						<input
							name={key}
							required={isRequired}
							maxLength={200}
							value={given[key] ?? ""}
							onInput={(event) => setGiven({ ...given, [key]: event.currentTarget.value })}
						/>
					</label>
				))}
			<div class="row">
				{settings.files && isReady && !isFirst && <Attach model={model} />}
				<label>
					<span class="hidden">{t("write")}</span>
					<textarea
						ref={field}
						name="message"
						rows={2}
						dir="auto"
						placeholder={t("write")}
						aria-invalid={isTooLong ? "true" : undefined}
						value={text}
						onInput={(event) => model.type(event.currentTarget.value)}
						onKeyDown={(event) => {
							// Enter that ends a character of an input method is not one of the message.
							if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
							event.preventDefault();
							send();
						}}
					/>
				</label>
				<button type="submit" class="primary" data-send disabled={!isReady || text.trim() === "" || isTooLong}>
					{t("send")}
				</button>
			</div>
			{isTooLong && (
				<span class="bad" role="alert">
					{t("tooLong", { most: mostCharacters })}
				</span>
			)}
		</form>
	);
}

/** As the server takes them (`file-types.ts`); a page or a program is none. */
const endings = ["png", "jpg", "jpeg", "gif", "webp", "pdf", "txt"];
const mostMegabytes = 25;

function Attach({ model }: { model: SessionModel }) {
	const chooser = useRef<HTMLInputElement>(null);
	const [refused, setRefused] = useState("");
	// What was said of one file is over with the conversation.
	const isEnded = model.state.value?.phase === "ended";
	useEffect(() => setRefused(""), [isEnded]);
	const choose = (file: File | undefined) => {
		if (!file) return;
		const isKnown = endings.includes(file.name.split(".").at(-1)?.toLowerCase() ?? "");
		const isSmall = file.size <= mostMegabytes * 1024 * 1024;
		setRefused(isKnown ? (isSmall ? "" : t("tooLarge", { most: mostMegabytes })) : t("wrongType"));
		if (isKnown && isSmall) model.sendFile(file);
	};
	return (
		<>
			<input
				ref={chooser}
				class="hidden"
				type="file"
				tabIndex={-1}
				aria-label={t("attach")}
				accept={endings.map((one) => `.${one}`).join()}
				onChange={(event) => {
					choose(event.currentTarget.files?.[0]);
					event.currentTarget.value = "";
				}}
			/>
			<button
				type="button"
				class="attach"
				aria-label={t("attach")}
				title={t("attach")}
				onClick={() => chooser.current?.click()}
			>
				<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">
					<path d="m8 12 6-6a3.5 3.5 0 0 1 5 5l-8 8a5 5 0 0 1-7-7l8-8" />
				</svg>
			</button>
			{refused && (
				<span class="bad refused" role="alert">
					{refused}
				</span>
			)}
		</>
	);
}

/** With where the customer is, so that the agent knows what they look at. */
function attributesOf(given: Record<string, string>): Record<string, string> {
	const filled = Object.entries(given).flatMap(([key, value]) => (value.trim() === "" ? [] : [[key, value.trim()]]));
	return {
		...Object.fromEntries(filled),
		"page.url": `${location.origin}${location.pathname}`.slice(0, 2000),
		"page.title": document.title.slice(0, 200),
	};
}
