import type { Language } from '../../kernel/text.ts';
import type { ShapeWords } from './api-shapes.ts';

interface PageWords {
  readonly title: string;
  readonly lead: string;
  readonly description: string;
  readonly rooms: string;
  readonly token: string;
  readonly tokenLead: string;
  readonly tokenAfter: string;
  readonly ask: string;
  readonly askLead: string;
  readonly answers: string;
  readonly answersLead: string;
  readonly refusals: string;
  readonly asks: string;
  readonly gives: string;
  readonly nothingAsked: string;
  readonly nothingGiven: string;
  readonly inPath: string;
  readonly inQuery: string;
  readonly inBody: string;
  readonly inForm: string;
  readonly needed: string;
  readonly absent: string;
  readonly otherwise: string;
  readonly anyone: string;
  readonly signedIn: string;
  readonly withToken: string;
  readonly bytes: string;
  readonly free: string;
  readonly shapes: ShapeWords;
  /** The first word of a path, as a sign by a door. */
  readonly groups: Readonly<Record<string, string>>;
}

/** The group of what stands outside `/api`, for programs that watch the process. */
export const machineGroup = 'machine';

export const pageWords: Readonly<Record<Language, PageWords>> = {
  vi: {
    title: 'API của Văn Khố',
    lead: 'Trang này lập từ chính bảng đường dẫn mà máy chủ đang chạy: có ở đây là có thật, không có ở đây là không có.',
    description: 'Bản cho máy đọc (OpenAPI 3.1)',
    rooms: 'Các nhóm',
    token: 'Lấy mã truy cập',
    tokenLead:
      'Chương trình vào bằng mã truy cập của một người, có phạm vi và ngày hết hạn; quyền vẫn là quyền của người ấy.',
    tokenAfter:
      'Trả lời có trường token, chỉ hiện một lần. Người đã đăng nhập cũng tạo và hủy mã được ở mục Mã truy cập.',
    ask: 'Hỏi thử',
    askLead: 'Mã đặt trong tiêu đề Authorization. Trường lạ, thiếu hoặc sai kiểu thì cả yêu cầu bị từ chối.',
    answers: 'Khi bị từ chối',
    answersLead:
      'Lời từ chối là application/problem+json (RFC 9457): trường code để chương trình đọc, detail để người đọc theo Accept-Language. Không có và không được xem là một câu trả lời.',
    refusals: 'Các mã từ chối',
    asks: 'Hỏi',
    gives: 'Trả lời',
    nothingAsked: 'Không cần gì thêm.',
    nothingGiven: 'Không có nội dung.',
    inPath: 'Trong đường dẫn',
    inQuery: 'Sau dấu hỏi',
    inBody: 'Thân JSON',
    inForm: 'Biểu mẫu nhiều phần, tệp đứng cuối',
    needed: 'bắt buộc',
    absent: 'có thể vắng',
    otherwise: 'mặc định',
    anyone: 'ai cũng hỏi được',
    signedIn: 'người đã đăng nhập',
    withToken: 'mã truy cập',
    bytes: 'Nguyên các byte',
    free: 'JSON tự do',
    shapes: {
      text: 'chữ',
      whole: 'số nguyên',
      number: 'số',
      truth: 'true hoặc false',
      id: 'định danh (UUID)',
      moment: 'thời điểm (RFC 3339)',
      file: 'tệp',
      any: 'JSON',
      object: 'nhóm trường',
      nothing: 'null',
      or: 'hoặc',
      characters: 'ký tự',
      items: 'mục',
      choice: 'một trong',
    },
    groups: {
      'access-tokens': 'Mã truy cập',
      audit: 'Nhật ký truy cập',
      copies: 'Bản sao',
      correspondents: 'Cơ quan gửi, nhận',
      directory: 'Danh bạ cơ quan',
      dossiers: 'Hồ sơ',
      files: 'Tệp',
      'first-administrator': 'Quản trị đầu tiên',
      'first-start': 'Lần đầu khởi động',
      home: 'Bàn làm việc',
      intake: 'Tiếp nhận',
      me: 'Tôi',
      'openapi.json': 'Mô tả API',
      people: 'Người',
      'people-changes': 'Chờ người thứ hai',
      withheld: 'Tạm giữ vì dấu mật',
      'withheld-releases': 'Thôi tạm giữ',
      'people-tables': 'Nạp và xuất người',
      records: 'Văn bản',
      registers: 'Sổ đăng ký',
      search: 'Tra cứu',
      'sign-in': 'Đăng nhập',
      'sign-out': 'Đăng xuất',
      system: 'Hệ thống',
      units: 'Đơn vị',
      uploads: 'Nộp tệp',
      '': 'Trang này',
      [machineGroup]: 'Theo dõi máy',
    },
  },
  en: {
    title: 'The API of Văn Khố',
    lead: 'This page is made from the very route table that the server runs: what stands here is there, what does not is not.',
    description: 'The same for machines (OpenAPI 3.1)',
    rooms: 'Groups',
    token: 'Get a token',
    tokenLead:
      'A program comes in with an access token of one person. It has a scope and an end; its rights are the rights of that person.',
    tokenAfter:
      'The answer has a field token, shown this once. Somebody signed in can also make and revoke tokens under Access tokens.',
    ask: 'Ask something',
    askLead:
      'The token goes into the Authorization header. A field that is unknown, missing or of the wrong type refuses the whole request.',
    answers: 'When it says no',
    answersLead:
      'A refusal is application/problem+json (RFC 9457): code for the program, detail for the person, by Accept-Language. Not there and not yours to see are one answer.',
    refusals: 'Codes of refusals',
    asks: 'Asks',
    gives: 'Answers',
    nothingAsked: 'Nothing more is needed.',
    nothingGiven: 'No content.',
    inPath: 'In the path',
    inQuery: 'In the query',
    inBody: 'JSON body',
    inForm: 'Multipart form, the file last',
    needed: 'needed',
    absent: 'may be absent',
    otherwise: 'default',
    anyone: 'anyone',
    signedIn: 'whoever is signed in',
    withToken: 'access token',
    bytes: 'The bytes themselves',
    free: 'Any JSON',
    shapes: {
      text: 'text',
      whole: 'whole number',
      number: 'number',
      truth: 'true or false',
      id: 'identifier (UUID)',
      moment: 'moment (RFC 3339)',
      file: 'file',
      any: 'JSON',
      object: 'group of fields',
      nothing: 'null',
      or: 'or',
      characters: 'characters',
      items: 'items',
      choice: 'one of',
    },
    groups: {
      'access-tokens': 'Access tokens',
      audit: 'Access log',
      copies: 'Copies',
      correspondents: 'Correspondents',
      directory: 'Directory of the agency',
      dossiers: 'Dossiers',
      files: 'Files',
      'first-administrator': 'First administrator',
      'first-start': 'First start',
      home: 'Home',
      intake: 'Intake',
      me: 'Me',
      'openapi.json': 'Description of the API',
      people: 'People',
      'people-changes': 'Waiting for a second person',
      withheld: 'Withheld for a secrecy mark',
      'withheld-releases': 'Releases of what was withheld',
      'people-tables': 'Load and take out people',
      records: 'Records',
      registers: 'Registers',
      search: 'Search',
      'sign-in': 'Sign in',
      'sign-out': 'Sign out',
      system: 'System',
      units: 'Units',
      uploads: 'Uploads',
      '': 'This page',
      [machineGroup]: 'Watching the machine',
    },
  },
};
