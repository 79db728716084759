/** The vocabulary of the generated office: bodies that issue, what letters are about, names of people. All invented mixes. */

export const issuers: readonly { readonly name: string; readonly symbols: readonly string[] }[] = [
  { name: 'Văn phòng Chính phủ', symbols: ['VPCP-KSTT', 'VPCP-CN', 'VPCP-KTTH'] },
  { name: 'Bộ Tài chính', symbols: ['BTC-NSNN', 'BTC-QLCS', 'BTC-HCSN'] },
  { name: 'Bộ Nội vụ', symbols: ['BNV-VTLTNN', 'BNV-CCVC', 'BNV-TCBC'] },
  { name: 'Bộ Khoa học và Công nghệ', symbols: ['BKHCN-TĐC', 'BKHCN-CNC'] },
  { name: 'Bộ Xây dựng', symbols: ['BXD-HTKT', 'BXD-KTXD'] },
  { name: 'Bộ Nông nghiệp và Môi trường', symbols: ['BNNMT-CN', 'BNNMT-MT'] },
  { name: 'Bộ Ngoại giao', symbols: ['BNG-THKT'] },
  { name: 'Bộ Công an', symbols: ['BCA-C07'] },
  { name: 'Bộ Tư pháp', symbols: ['BTP-PLDSKT', 'BTP-VĐCXDPL'] },
  { name: 'Bộ Giáo dục và Đào tạo', symbols: ['BGDĐT-KHTC'] },
  { name: 'Bộ Y tế', symbols: ['BYT-ATTP'] },
  { name: 'Thanh tra Chính phủ', symbols: ['TTCP-V.I'] },
  { name: 'Kiểm toán nhà nước', symbols: ['KTNN-TH'] },
  { name: 'Ngân hàng Nhà nước Việt Nam', symbols: ['NHNN-TD'] },
  { name: 'Tập đoàn Điện lực Việt Nam', symbols: ['EVN-KD', 'EVN-KTSX'] },
  { name: 'Tập đoàn Công nghiệp Than - Khoáng sản Việt Nam', symbols: ['TKV-ĐT'] },
  { name: 'Liên đoàn Thương mại và Công nghiệp Việt Nam', symbols: ['LĐTM-PC'] },
];

export const provinces = [
  ...[
    'Hà Nội',
    'Hải Phòng',
    'Đà Nẵng',
    'Huế',
    'Cần Thơ',
    'Quảng Ninh',
    'Lạng Sơn',
    'Cao Bằng',
    'Điện Biên',
    'Lai Châu',
  ],
  ...['Sơn La', 'Thanh Hóa', 'Nghệ An', 'Hà Tĩnh', 'Tuyên Quang', 'Lào Cai', 'Thái Nguyên', 'Phú Thọ', 'Bắc Ninh'],
  ...['Hưng Yên', 'Ninh Bình', 'Quảng Trị', 'Quảng Ngãi', 'Gia Lai', 'Khánh Hòa', 'Lâm Đồng', 'Đắk Lắk', 'Đồng Nai'],
  ...['Tây Ninh', 'Vĩnh Long', 'Đồng Tháp', 'Cà Mau', 'An Giang'],
] as const;

export const actions = [
  ...['đôn đốc báo cáo', 'đề nghị góp ý dự thảo', 'hướng dẫn thực hiện', 'rà soát', 'tổng hợp tình hình', 'thẩm định'],
  ...['phối hợp kiểm tra', 'tăng cường quản lý', 'tháo gỡ vướng mắc về', 'xin ý kiến về', 'trả lời kiến nghị về'],
  ...['triển khai kế hoạch', 'phê duyệt', 'công bố', 'điều chỉnh', 'bổ sung', 'cung cấp thông tin về', 'quyết toán'],
] as const;

export const topics = [
  ...['công tác văn thư, lưu trữ', 'kiểm soát thủ tục hành chính', 'dự toán ngân sách', 'giải ngân vốn đầu tư công'],
  ...['an toàn hồ đập thủy điện', 'cung ứng điện mùa khô', 'quy hoạch điện gió ngoài khơi', 'giá bán lẻ xăng dầu'],
  ...[
    'xuất xứ hàng hóa xuất khẩu',
    'phòng vệ thương mại đối với thép cán nguội',
    'hạ tầng logistics',
    'cụm công nghiệp',
  ],
  ...['vật liệu nổ công nghiệp', 'hóa chất nguy hiểm', 'thương mại điện tử xuyên biên giới', 'chống hàng giả'],
  ...['xúc tiến thương mại nông sản', 'hiệp định thương mại tự do', 'tiết kiệm năng lượng', 'chuyển đổi số'],
  ...['cải cách hành chính', 'đào tạo, bồi dưỡng công chức', 'luân chuyển cán bộ', 'thi đua, khen thưởng'],
  ...['tài sản công', 'mua sắm tập trung', 'bảo vệ môi trường làng nghề', 'công nghiệp hỗ trợ ngành dệt may'],
  ...['khoáng sản titan', 'than cho sản xuất điện', 'khí tự nhiên hóa lỏng', 'dịch vụ công trực tuyến'],
  ...['hợp tác kinh tế biên giới', 'chợ truyền thống', 'bình ổn thị trường dịp Tết', 'an toàn thực phẩm ngành sữa'],
] as const;

export const families = [
  ...['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Huỳnh', 'Phan', 'Vũ', 'Võ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương'],
  ...['Lý', 'Đinh', 'Mai', 'Trịnh', 'Tạ', 'Lưu', 'Cao', 'Tô', 'Hà'],
] as const;
export const middles = [
  'Thị',
  'Văn',
  'Đức',
  'Minh',
  'Thu',
  'Quốc',
  'Hữu',
  'Ngọc',
  'Thanh',
  'Xuân',
  'Gia',
  'Bảo',
] as const;
export const givens = [
  ...[
    'Mai',
    'Sơn',
    'Anh',
    'Yến',
    'Bảo',
    'Hà',
    'Tuệ',
    'Thành',
    'Hương',
    'Dũng',
    'Lan',
    'Phượng',
    'Quân',
    'Trang',
    'Khôi',
  ],
  ...['Nhung', 'Hiếu', 'Đăng', 'Khuê', 'Oanh', 'Phúc', 'Tường', 'Vy', 'Giang', 'Thảo', 'Long'],
] as const;

/** Điều 7 of Nghị định 30/2020, with the abbreviation that stands in a number. */
export const ownTypes = [
  ...[['Quyết định', 'QĐ'] as const, ['Báo cáo', 'BC'] as const, ['Tờ trình', 'TTr'] as const],
  ...[['Kế hoạch', 'KH'] as const, ['Thông báo', 'TB'] as const, ['Giấy mời', 'GM'] as const],
] as const;
