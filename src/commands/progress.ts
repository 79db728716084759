/** One line that is written over: count, rate, time left. Where nobody watches, a line at each tenth. */
export function createProgress(total: number, out: NodeJS.WriteStream) {
  const began = Date.now();
  let done = 0;
  let tenth = 0;

  function line(): string {
    const seconds = Math.max(0.001, (Date.now() - began) / 1000);
    const rate = done / seconds;
    const left = rate === 0 ? '' : `, còn ${spoken((total - done) / rate)}`;
    const width = 24;
    const filled = total === 0 ? width : Math.round((done / total) * width);
    return `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${String(done)}/${String(total)} tệp, ${rate.toFixed(1)} tệp/giây${done < total ? left : ''}`;
  }

  return {
    step(): void {
      done += 1;
      if (out.isTTY) out.write(`\r\u001b[K${line()}`);
      else if (Math.floor((done / total) * 10) > tenth) {
        tenth = Math.floor((done / total) * 10);
        out.write(`${line()}\n`);
      }
    },
    note(text: string): void {
      out.write(out.isTTY ? `\r\u001b[K${text}\n` : `${text}\n`);
    },
    end(): void {
      if (out.isTTY) out.write(`\r\u001b[K${line()}\n`);
    },
  };
}

function spoken(seconds: number): string {
  if (seconds < 90) return `${String(Math.ceil(seconds))} giây`;
  return seconds < 5400 ? `${String(Math.ceil(seconds / 60))} phút` : `${(seconds / 3600).toFixed(1)} giờ`;
}
