import { answerAsked } from "../../kernel/threads/answer-asked.ts";
import type { ReadMail } from "./model.ts";
import { readMail } from "./read-mail.ts";
import type { ToReader } from "./reader.ts";

/** The mail reader's own thread: what a mail costs, it costs here. */
answerAsked<ToReader, ReadMail>(({ raw, mailFrom }) => readMail(raw, mailFrom));
