import type { RefusalCode } from '../../kernel/refusal.ts';
import type { Language, Sentence } from '../../kernel/text.ts';

/** What a person reads when the house says no: what happened and what to do. `{name}` is filled from the refusal's facts. */
export const sentences: Readonly<Record<RefusalCode | 'fault', Sentence>> = {
  'not-signed-in': {
    vi: 'Bạn chưa đăng nhập hoặc phiên làm việc đã hết. Hãy đăng nhập lại; việc đang làm dở vẫn được giữ.',
    en: 'You are not signed in or your session has ended. Sign in again; unfinished work is kept.',
  },
  'sign-in-failed': {
    vi: 'Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra phím Caps Lock và kiểu gõ tiếng Việt.',
    en: 'The name or the password is not right. Check Caps Lock and the keyboard layout.',
  },
  'too-many-attempts': {
    vi: 'Đã thử sai nhiều lần từ máy này. Hãy đợi {minutes} phút rồi thử lại, hoặc gọi quản trị hệ thống.',
    en: 'Too many failed attempts from this computer. Wait {minutes} minutes, or call the administrator.',
  },
  'too-many-requests': {
    vi: 'Máy này đang gửi quá nhiều yêu cầu. Hãy đợi một phút rồi làm tiếp.',
    en: 'This computer is sending too many requests. Wait a minute and go on.',
  },
  'cross-site-request': {
    vi: 'Yêu cầu đến từ một trang khác nên bị từ chối. Hãy mở Văn Khố trực tiếp.',
    en: 'The request came from another site and was refused. Open Văn Khố directly.',
  },
  'role-not-allowed': {
    vi: 'Vai trò của bạn không có quyền làm việc này. Nếu cần, hãy đề nghị quản trị hệ thống.',
    en: 'Your role does not include this. Ask the administrator if you need it.',
  },
  'scope-not-allowed': {
    vi: 'Mã truy cập này không được dùng cho việc đó. Hãy tạo mã có đúng phạm vi.',
    en: 'This access token may not be used for that. Create one with the right scope.',
  },
  'password-is-given': {
    vi: 'Mật khẩu này do người khác cấp. Hãy đăng nhập trên trình duyệt và đặt mật khẩu của riêng bạn trước.',
    en: 'Somebody else made this password. Sign in with a browser and set your own first.',
  },
  'second-person-needed': {
    vi: 'Thay đổi này cần người thứ hai: không phải người đã đề nghị, cũng không phải người được thay đổi.',
    en: 'This change needs a second person: neither who asked for it nor whom it is about.',
  },
  'password-is-own-only': {
    vi: 'Người này xác nhận thay đổi cần hai người, nên không ai khác được cấp mật khẩu cho họ. Hãy nhờ người vận hành chạy lệnh password trên máy chủ.',
    en: 'This person confirms what needs two persons, so nobody else may make their password. Ask the operator to run the command password on the server.',
  },
  'change-outdated': {
    vi: 'Quyền xem của người này đã đổi từ khi thay đổi này được đề nghị. Hãy bác đề nghị này, và đề nghị lại nếu vẫn cần.',
    en: 'The clearance of this person has changed since this was asked for. Decline it, and ask again if it is still needed.',
  },
  'name-taken': {
    vi: 'Đã có {name}. Hãy chọn tên hoặc ký hiệu khác.',
    en: '{name} is taken. Choose another name or symbol.',
  },
  'not-found': { vi: 'Không tìm thấy, hoặc bạn không có quyền xem.', en: 'Not found, or not yours to see.' },
  'unknown-route': {
    vi: 'Địa chỉ này không có. Hãy kiểm tra lại đường dẫn.',
    en: 'There is no such address. Check the path.',
  },
  'bad-request': {
    vi: 'Yêu cầu có chỗ chưa đúng. Hãy sửa các ô được nêu tên rồi gửi lại.',
    en: 'Something in the request is not right. Correct the fields named and send it again.',
  },
  conflict: {
    vi: 'Văn bản vừa được người khác sửa. Hãy tải lại để xem thay đổi rồi sửa tiếp.',
    en: 'Someone else has just changed this record. Reload to see the change, then go on.',
  },
  'already-registered': {
    vi: 'Văn bản này đã được đăng ký, số đến là {number}.',
    en: 'This record is already registered, number {number}.',
  },
  'number-taken': {
    vi: 'Số đến {number} năm {year} đã có văn bản. Hãy kiểm tra lại số ghi trên dấu đến.',
    en: 'Arrival number {number} of {year} has a document already. Check the number on the stamp.',
  },
  'number-not-needed': {
    vi: 'Sổ này tự cấp số từ {start} trở đi, nên không nhận số đã có từ đó. Hãy để trống ô số đến, hoặc ghi số nhỏ hơn {start} của hệ thống cũ.',
    en: 'This register allocates numbers from {start} on and takes none from there. Leave the number empty, or give one below {start} from the earlier system.',
  },
  'number-needed': {
    vi: 'Sổ này lấy số do hệ thống khác cấp. Hãy ghi số đến mà hệ thống đó đã cấp cho văn bản.',
    en: 'This register takes numbers that another system gives. Enter the arrival number it gave this document.',
  },
  'number-of-another-year': {
    vi: 'Số đến {number} thuộc sổ năm {year} và không chuyển sang sổ khác được, nên ngày đến phải ở trong năm {year}. Nếu vào nhầm sổ, hãy giữ ngày đến, ghi ngày đúng vào ô Ghi chú; văn bản cần số của năm khác thì đăng ký vào sổ năm ấy, và ghi số kia vào Ghi chú của cả hai.',
    en: 'Arrival number {number} belongs to the register of {year} and moves to no other, so the arrival date must lie in {year}. If it was entered in the wrong register, keep the date and say the right one in the note; when the document needs a number of another year, register it there and name the other number in the note of both.',
  },
  'register-in-use': {
    vi: 'Sổ này đã cấp số, hoặc đã có số không hợp với cách đặt mới, nên không đổi được nữa. Hãy đặt cho sổ năm sau.',
    en: 'This register has allocated numbers, or holds some that the new setting excludes; it stays as it is. Set up next year’s.',
  },
  'heading-in-use': {
    vi: 'Đề mục này còn hồ sơ hoặc đề mục con. Hãy chuyển chúng sang đề mục khác trước khi bỏ.',
    en: 'Dossiers or smaller headings stand under this heading. Move them to another one before removing it.',
  },
  'dossier-not-open': {
    vi: 'Hồ sơ {notation} không ở trạng thái cho phép việc này. Hãy tải lại để xem trạng thái hiện tại.',
    en: 'Dossier {notation} is not in a state that allows this. Reload to see how it stands.',
  },
  'dossier-not-ready': {
    vi: 'Chưa kết thúc được hồ sơ: còn việc chưa xong. Hãy xem các mục được nêu tên.',
    en: 'The dossier cannot be closed yet: something is left to do. See what is named.',
  },
  'has-a-home': {
    vi: 'Văn bản này đã có hồ sơ chính. Hãy ghi lý do để chuyển sang hồ sơ này, hoặc chọn liên kết.',
    en: 'This document has a home dossier. Give a reason to move it here, or link it.',
  },
  'another-must-close': {
    vi: 'Hồ sơ này phải do người khác kết thúc. Hãy nhờ lưu trữ viên có quyền xem rộng hơn.',
    en: 'Somebody else must close this dossier. Ask a records officer who may see more.',
  },
  'above-owner-clearance': {
    vi: 'Mức tiếp cận cao hơn quyền xem của người lập hồ sơ. Hãy chọn hồ sơ khác, hoặc giao hồ sơ cho người được xem mức ấy.',
    en: 'The level is above what the owner of the dossier may see. Choose another dossier, or hand it to someone who may.',
  },
  'idempotency-mismatch': {
    vi: 'Khóa chống gửi trùng này đã dùng cho một yêu cầu khác. Hãy gửi lại với khóa mới.',
    en: 'This idempotency key was used for another request. Send again with a new key.',
  },
  'incompatible-roles': {
    vi: 'Một người không được giữ cùng lúc hai vai trò {one} và {other}.',
    en: 'One person may not hold both {one} and {other}.',
  },
  'password-too-weak': {
    vi: 'Mật khẩu cần ít nhất 12 ký tự, không quá dễ đoán và không chứa tên của bạn.',
    en: 'A password needs at least 12 characters, must not be easy to guess and must not contain your name.',
  },
  'file-missing': {
    vi: 'Không thấy tệp trong yêu cầu. Hãy chọn một tệp rồi gửi lại.',
    en: 'There is no file in the request. Choose one and send again.',
  },
  'file-empty': {
    vi: 'Tệp không có nội dung (0 byte). Hãy kiểm tra tệp trên máy, quét hoặc lưu lại rồi gửi.',
    en: 'The file is empty (0 bytes). Check it on your computer, scan or save it again.',
  },
  'file-too-large': {
    vi: 'Tệp lớn hơn mức cho phép ({limit}). Hãy tách tệp hoặc quét với độ phân giải thấp hơn.',
    en: 'The file is larger than allowed ({limit}). Split it or scan at a lower resolution.',
  },
  'file-type-not-allowed': {
    vi: 'Kho không nhận loại tệp này. Hãy gửi PDF, Word, Excel, PowerPoint, ODT, văn bản thuần, HTML hoặc ảnh PNG, JPEG, TIFF.',
    en: 'This type of file is not taken. Send PDF, Word, Excel, PowerPoint, ODT, plain text, HTML, or PNG, JPEG, TIFF.',
  },
  'file-broken': {
    vi: 'Tệp bị hỏng, bị cắt cụt, hoặc tên không đúng với nội dung. Hãy mở thử trên máy, lưu hoặc quét lại rồi gửi.',
    en: 'The file is damaged, cut off, or its name does not match its content. Open it on your computer, save or scan it again.',
  },
  'file-encrypted': {
    vi: 'Tệp được đặt mật khẩu nên kho không đọc được. Hãy bỏ mật khẩu rồi gửi lại.',
    en: 'The file is protected by a password. Remove it and send again.',
  },
  'file-not-kept': { vi: 'Tệp chưa được lưu. Hãy gửi lại.', en: 'The file was not kept. Send it again.' },
  'upload-interrupted': {
    vi: 'Đường truyền bị ngắt giữa chừng, tệp chưa được lưu. Hãy gửi lại.',
    en: 'The transfer was cut off and the file was not kept. Send it again.',
  },
  'clearance-needed': {
    vi: 'Văn bản chưa đăng ký là Có điều kiện, mà quyền xem của bạn chưa đến mức đó, nên bạn sẽ không thấy văn bản vừa tải. Chưa giữ gì; hãy đề nghị người phụ trách bảo mật nâng quyền xem, hoặc nhờ văn thư khác tải.',
    en: 'A document that nobody has registered is Conditional, and your clearance does not reach it: you would not see what you upload. Nothing was kept; ask the security officer for clearance, or another clerk to upload it.',
  },
  'secret-not-kept-here': {
    vi: 'Hệ thống nối mạng này không được giữ văn bản có độ mật, dù do người dùng chọn hay do dấu trên trang đầu: chưa lưu gì. Hãy đăng ký bản giấy vào sổ đăng ký văn bản mật bằng giấy; ngừng mở, in, gửi tệp, rút cáp mạng của máy tính và máy quét vừa dùng, không tự xóa tệp; báo ngay người phụ trách bảo vệ bí mật nhà nước.',
    en: 'This networked system may not keep a document with a secrecy level, whether a person chose it or the first page bears the mark: nothing was kept. Enter the paper in the paper register of secret documents; stop opening, printing or sending the file, unplug the network of the computer and the scanner used, do not delete the file yourself; tell the security officer at once.',
  },
  'content-damaged': {
    vi: 'Tệp trong kho không còn khớp mã băm khi tiếp nhận. Kho đã ngừng gửi và đã ghi lại; hãy báo quản trị hệ thống.',
    en: 'The stored file no longer matches its hash. Sending was stopped and logged; tell the administrator.',
  },
  'content-not-ready': {
    vi: 'Tệp chưa sẵn sàng để xem theo cách này. Hãy thử lại sau ít phút hoặc tải tệp gốc.',
    en: 'The file is not ready to be shown this way. Try again in a few minutes or download the original.',
  },
  'original-not-given': {
    vi: 'Trên mức Công khai, tệp gốc chỉ đưa cho văn thư và lưu trữ viên. Hãy lấy bản sao có tên bạn; tệp Word, Excel không có bản sao thì đọc phần chữ hoặc hỏi văn thư.',
    en: 'Above Public, the original goes to clerks and records officers only. Take a copy that bears your name; for Word and Excel, of which there are none, read the text or ask a clerk.',
  },
  'copy-not-needed': {
    vi: 'Văn bản Công khai không cần bản sao có tên. Hãy tải tệp gốc.',
    en: 'A Public document needs no copy with a name. Download the original.',
  },
  'copy-without-pages': {
    vi: 'Tệp loại này không có trang cố định để in chữ chìm nên không làm được bản sao. Hãy đọc phần chữ, hoặc hỏi văn thư nếu công việc cần tệp gốc.',
    en: 'This kind of file has no fixed pages to bear a watermark, so no copy can be made. Read its text, or ask a clerk if your work needs the original.',
  },
  'copy-not-possible': {
    vi: 'Không làm được bản sao vì tệp hỏng, khóa bằng mật khẩu, hoặc là biểu mẫu điện tử. Hãy xem ảnh trang hoặc phần chữ, hoặc hỏi văn thư.',
    en: 'No copy can be made: the file is damaged, locked by a password, or an electronic form. Look at its page pictures or its text, or ask a clerk.',
  },
  'copy-too-large': {
    vi: 'Tệp quá lớn để làm bản sao. Hãy xem từng trang bằng ảnh, hoặc hỏi văn thư.',
    en: 'The file is too large for a copy. Look at its pages as pictures, or ask a clerk.',
  },
  'copy-outdated': {
    vi: 'Bản sao này đã quá một ngày, mức độ tiếp cận đã đổi, hoặc không làm lại được đúng như cũ. Hãy lấy bản sao mới.',
    en: 'This copy is older than a day, the level has changed since, or it cannot be made again as it was. Take a new copy.',
  },
  'range-not-satisfiable': {
    vi: 'Phần được yêu cầu nằm ngoài tệp. Hãy tải lại từ đầu.',
    en: 'The range asked for lies outside the file. Download it from the beginning.',
  },
  'log-unavailable': {
    vi: 'Chưa ghi được nhật ký nên chưa thể mở tài liệu. Hãy thử lại sau ít phút; không có gì bị mất.',
    en: 'The log cannot be written, so nothing can be opened. Try again in a few minutes; nothing is lost.',
  },
  'database-unavailable': {
    vi: 'Cơ sở dữ liệu đang tạm ngừng. Hãy thử lại sau ít phút; những gì đã báo lưu vẫn còn nguyên.',
    en: 'The database is not answering. Try again in a few minutes; whatever was acknowledged is safe.',
  },
  'store-unavailable': {
    vi: 'Kho tệp đang tạm ngừng nên chưa nhận hoặc mở được tệp. Hãy thử lại sau ít phút.',
    en: 'The file store is not answering. Try again in a few minutes.',
  },
  'store-full': {
    vi: 'Kho tệp đã đầy nên tệp chưa được lưu. Hãy báo quản trị hệ thống rồi gửi lại.',
    en: 'The file store is full and the file was not kept. Tell the administrator, then send again.',
  },
  'search-unavailable': {
    vi: 'Tra cứu theo nội dung đang tạm ngừng. Hãy thử lại sau ít phút.',
    en: 'Full-text search is not answering. Try again in a few minutes.',
  },
  fault: {
    vi: 'Hệ thống gặp lỗi, việc này chưa được thực hiện. Hãy thử lại; nếu vẫn lỗi, báo quản trị hệ thống kèm mã yêu cầu ở đầu thư trả lời.',
    en: 'Something went wrong and this was not done. Try again; if it stays, tell the administrator the request number in the answer header.',
  },
};

export function sentence(
  code: RefusalCode | 'fault',
  language: Language,
  facts: Readonly<Record<string, string | number>> = {},
): string {
  return sentences[code][language].replace(/\{(\w+)\}/gu, (hole, name: string) => String(facts[name] ?? hole));
}
