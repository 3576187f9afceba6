// The user's guide, as the program shows it at /bantuan, in one page with pictures. Run by itself it prints docs/panduan.md.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Chapter -> the picture that the browser tests make of what it speaks of (docs/images). */
const kPictures = Object.fromEntries(['beranda', 'grafik', 'kessan', 'fasilitas', 'angka', 'kerahasiaan', 'indikator', 'isi', 'impor'].map((chapter) => [chapter, `panduan-${chapter}`]));

/** `chapters`: [name, text] of help/id, in their order. */
export function guidePage(chapters) {
  const parts = ['# Panduan pengguna', '', 'Dibuat dari `help/id/` oleh `node tools/house/guide.mjs > docs/panduan.md`; isinya sama dengan halaman *Bantuan* di Pilar.', ''];
  for (const [name, text] of chapters) {
    const picture = kPictures[/\d+-(.*)\.md$/.exec(name)[1]];
    const [title, ...rest] = text.trimEnd().split('\n');
    parts.push(`#${title}`, ...(picture ? ['', `![${title.slice(2)}](images/${picture}.png)`] : []), ...rest.map((line) => line.replace(/^## /, '### ').replace(/\[([^\]]*)\]\(\/[^)]*\)/g, '*$1*')), '');
  }
  return parts.join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = new URL('../../help/id/', import.meta.url);
  const chapters = readdirSync(folder).sort().map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]);
  process.stdout.write(guidePage(chapters));
}
